select
    date_trunc('minute', sold_at) as window_start,
    cast(sum(amount) as decimal(38, 3)) as revenue,
    count(distinct invoice_no) as orders,
    count(*) as lines
from {{ ref('int_sale_lines') }}
group by 1
