// What a dashboard of ours may be, from Grafana's own types. Those leave the options of a panel and its questions open; here each kind of panel has its own.
import type * as grafana from "@grafana/schema";
import type { Options as BarGauge } from "@grafana/schema/dist/esm/raw/composable/bargauge/panelcfg/x/BarGaugePanelCfg_types.gen";
import type { FieldConfig as TimelineField, Options as Timeline } from "@grafana/schema/dist/esm/raw/composable/statetimeline/panelcfg/x/StateTimelinePanelCfg_types.gen";
import type { Options as Stat } from "@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen";
import type { Options as Table } from "@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen";
import type { Options as Text } from "@grafana/schema/dist/esm/raw/composable/text/panelcfg/x/TextPanelCfg_types.gen";
import type { Options as TimeSeries } from "@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen";
import type { AzureMonitorQuery, AzureQueryType } from "@grafana/schema/dist/esm/raw/composable/azuremonitor/dataquery/x/AzureMonitorDataQuery_types.gen";

// JSON has the values of enumerations, not their names. Enumerations of numbers take numbers as they are.
type Json<T> = unknown extends T ? unknown
  : T extends string ? (string extends T ? string : `${T}`)
  : T extends number | boolean | null | undefined ? T
  : T extends (infer Item)[] ? Json<Item>[]
  : T extends object ? { [Name in keyof T]: Json<T[Name]> }
  : T;

// Custom settings of fields have defaults for whatever is left out.
type Partly<T> = T extends (infer Item)[] ? Partly<Item>[] : T extends object ? { [Name in keyof T]?: Partly<T[Name]> } : T;

type DataSource = { type: string; uid: string };
type Asked = { refId: string; datasource: DataSource };
type PostgresTarget = Asked & { rawSql: string; rawQuery: true; format: "table" | "time_series"; editorMode: "code" };
type SqliteTarget = Asked & { queryText: string; rawQueryText: string; queryType: "table" | "time series"; timeColumns: string[] };
type InfinityColumn = { selector: string; text: string; type: "string" | "number" | "boolean" | "timestamp" | "timestamp_epoch" | "timestamp_epoch_s" };
type InfinityTarget = Asked & {
  type: "json"; source: "url"; parser: "backend"; format: "table" | "timeseries"; url: string; root_selector: string; columns: InfinityColumn[]; filters: never[];
  url_options: { method: "GET"; params: { key: string; value: string }[]; headers: never[] };
};
type PrometheusTarget = Asked & { expr: string; legendFormat: string; range: boolean; instant: boolean; format: "time_series" | "table"; editorMode: "code" };
type AzureTarget = Asked & Omit<Json<AzureMonitorQuery>, "refId" | "datasource" | "queryType"> & { queryType: `${AzureQueryType}` };
type Target = PostgresTarget | SqliteTarget | InfinityTarget | PrometheusTarget | AzureTarget;

type Fields<Custom> = {
  defaults: Omit<Json<grafana.FieldConfig>, "custom"> & { custom?: Partly<Json<Custom>> };
  overrides: { matcher: { id: "byName"; options: string }; properties: { id: string; value: unknown }[] }[];
};
type Common = Omit<Json<grafana.Panel>, "type" | "id" | "title" | "gridPos" | "options" | "fieldConfig" | "targets" | "datasource">;
type Place = { h: number; w: number; x: number; y: number };
type Of<Type extends string, Options, Custom = Record<string, never>> = Common & { type: Type; id: number; title: string; gridPos: Place; options: Json<Options>; fieldConfig: Fields<Custom> };
type Asking<Panel> = Panel & { datasource: DataSource; targets: Target[] };

type Panel =
  | Asking<Of<"stat", Stat>>
  | Asking<Of<"table", Table, grafana.TableFieldOptions>>
  | Asking<Of<"bargauge", BarGauge>>
  | Asking<Of<"timeseries", TimeSeries, grafana.GraphFieldConfig>>
  // The editor of Grafana knows spanNulls here too; its type does not.
  | Asking<Of<"state-timeline", Timeline, TimelineField & { spanNulls?: boolean }>>
  | Of<"text", Text>;
type Row = Omit<Json<grafana.RowPanel>, "panels" | "gridPos"> & { gridPos: Place; panels: Panel[] };

type Mark = Omit<Json<grafana.AnnotationQuery>, "target"> & { target?: Target };

export type Dashboard = Omit<Json<grafana.Dashboard>, "id" | "uid" | "title" | "panels" | "annotations"> & {
  id: null; uid: string; title: string; panels: (Panel | Row)[]; annotations: { list: Mark[] };
};
