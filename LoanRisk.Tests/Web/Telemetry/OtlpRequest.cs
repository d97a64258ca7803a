using System.Globalization;

namespace LoanRisk.Tests.Web.Telemetry;

/// <summary>Requests to a collector, by the field numbers of opentelemetry-proto (trace.proto, metrics.proto, common.proto).</summary>
internal static class OtlpRequest
{
    /// <summary>The spans of an <c>ExportTraceServiceRequest</c>.</summary>
    public static IEnumerable<OtlpSpan> Spans(byte[] body) =>
        from resource in new WireMessage(body).Messages(1)
        from scope in resource.Messages(2)
        from span in scope.Messages(2)
        select new OtlpSpan(
            scope.Message(1).Text(1),
            span.Text(5),
            span.Hex(1),
            span.Hex(2),
            span.Hex(4),
            Attributes(span.Messages(9)),
            [.. span.Messages(13).Select(link => (link.Hex(1), link.Hex(2)))],
            Attributes(resource.Message(1).Messages(1)))
        {
            Status = (int)span.Message(15).Number(3),
        };

    /// <summary>The points of an <c>ExportMetricsServiceRequest</c>.</summary>
    public static IEnumerable<OtlpPoint> Points(byte[] body) =>
        from resource in new WireMessage(body).Messages(1)
        from scope in resource.Messages(2)
        from metric in scope.Messages(2)
        from kind in new[] { 5, 7, 9 } // gauge, sum, histogram
        where metric.Has(kind)
        from point in metric.Message(kind).Messages(1)
        select kind == 9
            ? new OtlpPoint(metric.Text(1), metric.Text(3), Attributes(point.Messages(9)), point.Double(5))
            {
                Count = point.Fixed64(4),
                Buckets = point.Packed(6),
                Bounds = [.. point.Packed(7).Select(BitConverter.Int64BitsToDouble)],
            }
            : new OtlpPoint(
                metric.Text(1), metric.Text(3), Attributes(point.Messages(7)), point.Has(6) ? point.Fixed64(6) : point.Double(4));

    private static Dictionary<string, string> Attributes(IEnumerable<WireMessage> attributes) =>
        attributes.ToDictionary(pair => pair.Text(1), pair => Value(pair.Message(2)));

    private static string Value(WireMessage value) => value switch
    {
        _ when value.Has(1) => value.Text(1),
        _ when value.Has(2) => value.Number(2) == 1 ? "true" : "false",
        _ when value.Has(3) => ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(4) => value.Double(4).ToString(CultureInfo.InvariantCulture),
        _ when value.Has(5) => string.Join(',', value.Message(5).Messages(1).Select(Value)),
        _ => "",
    };
}

/// <summary>A span as a collector gets it.</summary>
/// <param name="Scope">Who made it.</param>
/// <param name="Name">What it is.</param>
/// <param name="Trace">Id of its trace.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">Id of the span it is part of; empty for none.</param>
/// <param name="Attributes">What is said about it.</param>
/// <param name="Links">The trace and span ids it links to.</param>
/// <param name="Resource">What is said about the program.</param>
internal sealed record OtlpSpan(
    string Scope,
    string Name,
    string Trace,
    string Id,
    string Parent,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<(string Trace, string Span)> Links,
    IReadOnlyDictionary<string, string> Resource)
{
    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public int Status { get; init; }
}

/// <summary>A point of a metric as a collector gets it.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Attributes">What of it.</param>
/// <param name="Value">The value; of a histogram the sum.</param>
internal sealed record OtlpPoint(string Name, string Unit, IReadOnlyDictionary<string, string> Attributes, double Value)
{
    /// <summary>Of a histogram: how many values.</summary>
    public long Count { get; init; }

    /// <summary>Of a histogram: how many in each bucket.</summary>
    public IReadOnlyList<long> Buckets { get; init; } = [];

    /// <summary>Of a histogram: the upper bounds of all buckets but the last.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];
}
