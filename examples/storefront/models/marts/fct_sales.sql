{{ config(materialized='incremental', unique_key='event_id') }}
-- Grain: one invoice line event.
select event_id, invoice_no, stock_code, customer_id, country, sold_at, quantity, unit_price, amount, is_cancellation
from {{ ref('int_sale_lines') }}
{% if is_incremental() %}
where sold_at >= (select coalesce(max(sold_at), timestamp '1900-01-01') from {{ this }})
{% endif %}
