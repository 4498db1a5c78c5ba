select
    date_trunc('day', sold_at) as window_start,
    cast(sum(amount) as decimal(38, 3)) as revenue,
    count(*) as lines
from {{ ref('int_sale_lines') }}
group by 1
