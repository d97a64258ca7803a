namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>
/// The endpoints of MLflow's REST API that this server has, with their fields, from its protos (service, model_registry).
/// </summary>
internal static class MlflowEndpoints
{
    public static IReadOnlyDictionary<string, MlflowFields> All { get; } = new Dictionary<string, MlflowFields>
    {
        ["GET experiments/get-by-name"] = new(Text("experiment_name", true)),
        ["POST experiments/create"] = new(Text("name", true), Text("artifact_location"), Tags),
        ["POST runs/create"] = new(Text("experiment_id"), Text("user_id"), Text("run_name"), Whole("start_time"), Tags),
        ["POST runs/update"] = new(
            Text("run_id"), Text("run_uuid"), Whole("end_time"), Text("run_name"),
            new("status", MlflowFields.String, Values: ["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"])),
        ["POST runs/log-batch"] = new(
            Text("run_id"), new("metrics", "[message]", Of: MlflowFields.Metric), new("params", "[message]", Of: MlflowFields.Tag), Tags),
        ["POST runs/search"] = new(
            new("experiment_ids", "[string]"), Text("filter"), Text("run_view_type"), Whole("max_results"), new("order_by", "[string]"),
            Text("page_token")),
        ["POST registered-models/create"] = new(Text("name", true), Tags, Text("description")),
        ["GET registered-models/get"] = new(Text("name", true)),
        ["POST registered-models/alias"] = new(Text("name", true), Text("alias", true), Text("version", true)),
        ["DELETE registered-models/alias"] = new(Text("name", true), Text("alias", true)),
        ["POST model-versions/create"] = new(
            Text("name", true), Text("source", true), Text("run_id"), Tags, Text("run_link"), Text("description")),
        ["GET model-versions/search"] = new(Text("filter"), Text("max_results"), Text("order_by"), Text("page_token")),
    };

    private static MlflowFields.Field Tags => new("tags", "[message]", Of: MlflowFields.Tag);

    private static MlflowFields.Field Text(string name, bool isRequired = false) => new(name, MlflowFields.String, isRequired);

    private static MlflowFields.Field Whole(string name) => new(name, MlflowFields.Int64);
}
