select
    kind,
    count(*) as events,
    count(distinct user_id) as users,
    cast(coalesce(sum(amount), 0) as decimal(38, 2)) as amount
from {{ ref('stg_events') }}
group by kind
