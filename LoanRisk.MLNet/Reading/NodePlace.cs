namespace LoanRisk.MLNet.Reading;

/// <summary>Names a node in messages.</summary>
/// <param name="Tree">Its tree, from 0.</param>
/// <param name="Node">The node, from 0.</param>
internal readonly record struct NodePlace(int Tree, int Node)
{
    /// <summary>An exception that says what is wrong here.</summary>
    public UntellableModelException Fault(string what) => new($"Node {Node} of tree {Tree} {what}.");
}
