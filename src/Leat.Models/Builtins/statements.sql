{% macro statement(name=None, fetch_result=False, auto_begin=True, language='sql') -%}
  {%- if execute -%}
    {%- set code = caller() -%}
    {%- do leat_statement(name, code, fetch_result) -%}
  {%- endif -%}
{%- endmacro %}

{% macro noop_statement(name=None, message=None, code=None, rows_affected=None, res=None) -%}
{%- endmacro %}

{% macro run_query(sql) %}
  {% if not execute %}
    {% do return(none) %}
  {% endif %}
  {% call statement("run_query_statement", fetch_result=true, auto_begin=false) %}
    {{ sql }}
  {% endcall %}
  {% do return(load_result("run_query_statement").table) %}
{% endmacro %}

{% macro should_full_refresh() %}
  {% set config_full_refresh = config.get('full_refresh') %}
  {% if config_full_refresh is none %}
    {% set config_full_refresh = flags.FULL_REFRESH %}
  {% endif %}
  {% do return(config_full_refresh) %}
{% endmacro %}

{% macro is_incremental() %}
  {% if not execute %}
    {{ return(False) }}
  {% endif %}
  {% set relation = adapter.get_relation(this.database, this.schema, this.table) %}
  {{ return(relation is not none and relation.type == 'table' and model.config.materialized in ['incremental', 'microbatch'] and not should_full_refresh()) }}
{% endmacro %}

{% macro load_relation(relation) %}
  {% do return(adapter.get_relation(relation.database, relation.schema, relation.identifier)) %}
{% endmacro %}

{% macro load_cached_relation(relation) %}
  {% do return(adapter.get_relation(relation.database, relation.schema, relation.identifier)) %}
{% endmacro %}

{% macro get_columns_in_query(select_sql) %}
  {% set result = run_query('select * from (' ~ select_sql ~ ') as leat_columns where false limit 0') %}
  {% if result is none %}{% do return([]) %}{% endif %}
  {% do return(result.column_names) %}
{% endmacro %}
