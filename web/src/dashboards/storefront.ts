/** Which views and columns the storefront's dashboard reads; the one place to change when the project names them otherwise. */
export const Storefront = {
  currency: "£",
  revenue: { view: "revenue_per_minute", revenue: ["revenue"], orders: ["orders"] },
  countries: { view: "revenue_per_country", key: ["country", "key"], value: ["revenue"], limit: 1_500 },
  products: { view: "product_sales", key: ["product", "description", "stock_code", "key"], value: ["revenue"], quantity: ["quantity"], limit: 10_000 },
  campaigns: { view: "campaign_stats_10s", key: ["campaign", "campaign_name", "campaign_id", "key"], impressions: ["impressions", "views"], clicks: ["clicks"], spend: ["spend", "cost"], windows: 30, limit: 3_000 },
  /** Event-time ranges, not beyond what the view keeps (two days); rows is what the server is asked for. */
  ranges: [
    { label: "1 h", minutes: 60, rows: 90 },
    { label: "6 h", minutes: 360, rows: 400 },
    { label: "24 h", minutes: 1_440, rows: 1_500 },
    { label: "48 h", minutes: 2_880, rows: 3_000 },
  ],
  defaultRange: "6 h",
} as const;
