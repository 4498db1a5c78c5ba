select
    event_id,
    cast("at" as timestamp) as happened_at,
    user_id,
    kind,
    cast(amount as decimal(18, 2)) as amount
from {{ source('raw', 'events') }}
