-- Typed and named; one row an invoice line. A repeated line is data; only a repeated event (same event_id) is dropped.
select
    event_id,
    invoice_no,
    stock_code,
    nullif(trim(description), '') as description,
    cast(quantity as bigint) as quantity,
    cast(invoice_date as timestamp) as sold_at,
    cast(unit_price as decimal(18, 3)) as unit_price,
    nullif(customer_id, '') as customer_id,
    country,
    starts_with(invoice_no, 'C') as is_cancellation
from {{ source('raw', 'sales') }}
qualify row_number() over (partition by event_id order by _partition, _offset) = 1
