select
    stock_code,
    max_by(description, sold_at) as description,
    min(sold_at) as first_sold_at,
    max(sold_at) as last_sold_at,
    cast(sum(amount) as decimal(38, 3)) as revenue
from {{ ref('int_sale_lines') }}
group by 1
