using LoanRisk.MLNet.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Scoring;

/// <summary>A row that goes through ML.NET's scorer: of one thread at a time, for ML.NET keeps values between its steps.</summary>
internal sealed class ScoringLane : IDisposable
{
    private readonly SlotRow _input;
    private readonly DataViewRow _output;
    private readonly ValueGetter<float> _score;

    public ScoringLane(IRowToRowMapper mapper, SlotRow input)
    {
        var score = mapper.OutputSchema["Score"];
        _input = input;
        _output = mapper.GetRow(input, [score]);
        _score = _output.GetGetter<float>(score);
    }

    public float RawScore(ReadOnlySpan<double> row)
    {
        _input.Set(row);
        var score = 0f;
        _score(ref score);
        return score;
    }

    public void Dispose() => _output.Dispose();
}
