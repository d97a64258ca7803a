using LoanRisk.Trees;

namespace LoanRisk.MLNet.Reading;

/// <summary>Trees read from an ML.NET model.</summary>
/// <param name="Model">The trees over the feature row; without counts of rows.</param>
/// <param name="Nodes">All their nodes.</param>
/// <param name="OtherNodes">Nodes at which the two ways of reading missing values differ, whichever was taken.</param>
public sealed record TreeReading(TreeModel Model, int Nodes, int OtherNodes);
