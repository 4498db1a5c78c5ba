-- Each line with its exact amount; sums of amounts stay exact decimals.
select
    *,
    cast(quantity * unit_price as decimal(38, 3)) as amount
from {{ ref('stg_sales') }}
