using System.Buffers.Binary;

namespace LoanRisk.MLNet.Zip;

/// <summary>
/// The trees of a LightGBM model in ML.NET's zip, as its InternalTreeEnsemble and InternalRegressionTree lay them out. ML.NET makes arrays
/// of any size that it reads; this walks the file first, so that no array is larger than the file.
/// </summary>
internal sealed class TreesEntry
{
    /// <summary>The loader of such a model.</summary>
    public const string Loader = "LightGBMBinaryExec";

    private const int ModelPlace = 0x10;
    private const byte Regression = 0;

    private readonly string _name;
    private readonly ReadOnlyMemory<byte> _content;
    private int _place;

    private TreesEntry(ZipEntry entry, int place) => (_name, _content, _place) = (entry.Name, entry.Content, place);

    /// <summary>Walks the trees.</summary>
    /// <exception cref="ZipRefusedException">A count leads out of the file.</exception>
    public static void Check(ZipEntry entry)
    {
        var start = BinaryPrimitives.ReadInt64LittleEndian(entry.Content.Span[ModelPlace..]);
        var trees = new TreesEntry(entry, (int)Math.Clamp(start, 0, entry.Content.Length));
        // The size of a float comes first.
        trees.Take(sizeof(int));
        var count = trees.Int32();
        for (var i = 0; i < count; i++)
        {
            trees.Tree();
        }
    }

    private void Tree()
    {
        if (Take(1)[0] != Regression)
        {
            throw new ZipRefusedException($"{_name} has a tree of a kind that LightGBM has not.");
        }

        var leaves = Int32();
        // The largest output and the weight.
        Take(2 * sizeof(double));
        var nodes = Array(sizeof(int));
        if (leaves < 1 || leaves > nodes + 1)
        {
            throw new ZipRefusedException($"{_name} has a tree of {leaves} leaves and {nodes} nodes.");
        }

        // The other children, then split features.
        Array(sizeof(int));
        Array(sizeof(int));
        Sets(leaves - 1);
        // Thresholds as bins and as numbers, what missing is read as; then leaves, gains, p-values, and what the nodes were as leaves.
        Array(sizeof(uint));
        Array(sizeof(float));
        Array(sizeof(float));
        for (var i = 0; i < 4; i++)
        {
            Array(sizeof(double));
        }
    }

    // The nodes that look a category up, and for each the slots and their range.
    private void Sets(int nodes)
    {
        var place = _place;
        var count = Array(sizeof(int));
        for (var i = 0; i < count; i++)
        {
            var node = BinaryPrimitives.ReadInt32LittleEndian(_content.Span[(place + ((i + 1) * sizeof(int)))..]);
            if (node < 0 || node >= nodes)
            {
                throw new ZipRefusedException($"{_name} has a set of categories at node {node} of {nodes}.");
            }

            Array(sizeof(int));
            Take(2 * sizeof(int));
        }
    }

    private int Array(int size)
    {
        var count = Int32();
        Take((long)count * size);
        return count;
    }

    private int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _content.Length - _place)
        {
            throw new ZipRefusedException($"{_name} counts more than it holds.");
        }

        var taken = _content.Span.Slice(_place, (int)count);
        _place += (int)count;
        return taken;
    }
}
