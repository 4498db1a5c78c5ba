/** Which views and columns the storefront's dashboard reads; the one place to change when the project names them otherwise. */
export const Storefront = {
  currency: "£",
  revenue: { view: "revenue_per_minute", revenue: ["revenue"], orders: ["orders"] },
  countries: { view: "revenue_per_country", key: ["country"], value: ["revenue"], limit: 400 },
  products: { view: "product_sales", key: ["product", "description", "stock_code"], value: ["revenue"], quantity: ["quantity"], limit: 2_000 },
  campaigns: { view: "campaign_stats_10s", key: ["campaign", "campaign_name", "campaign_id"], impressions: ["impressions", "views"], clicks: ["clicks"], spend: ["spend", "cost"], windows: 30, limit: 1_200 },
  /** Event-time ranges; rows is what the server is asked for. */
  ranges: [
    { label: "1 h", minutes: 60, rows: 90 },
    { label: "6 h", minutes: 360, rows: 400 },
    { label: "24 h", minutes: 1_440, rows: 1_500 },
    { label: "7 d", minutes: 10_080, rows: 10_000 },
  ],
  defaultRange: "6 h",
} as const;
