namespace LoanRisk.Trees;

/// <summary>What is wrong with a tree: the array, under its key in the model text, and the problem in words.</summary>
internal sealed record TreeFault(string Key, string Problem);
