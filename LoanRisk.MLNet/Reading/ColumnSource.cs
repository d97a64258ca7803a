using System.Collections.Immutable;

namespace LoanRisk.MLNet.Reading;

/// <summary>How a column of the feature row may be called and spelled in the input of a model made elsewhere.</summary>
/// <param name="Names">Its names; the first that the model has is taken.</param>
/// <param name="Levels">The spellings of each level, in the order of their codes; empty for numbers.</param>
public sealed record ColumnSource(ImmutableArray<string> Names, ImmutableArray<ImmutableArray<string>> Levels);
