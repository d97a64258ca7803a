using System.Buffers.Binary;

namespace LoanRisk.MLNet.Zip;

/// <summary>
/// The trees of a model in ML.NET's zip, as its InternalTreeEnsemble and InternalRegressionTree lay them out. ML.NET makes arrays of any
/// size that it reads, and waits for ever for those that claim more than the file holds; this walks the file first.
/// </summary>
internal sealed class TreesEntry
{
    private const int ModelPlace = 0x10;
    private const int VersionPlace = 0x48;
    private const byte Regression = 0;
    private const byte Forest = 2;

    private readonly string _name;
    private readonly ReadOnlyMemory<byte> _content;
    private readonly bool _hasDefaults;
    private readonly bool _hasCategories;
    private int _place;

    private TreesEntry(ZipEntry entry, uint firstWithDefaults)
    {
        (_name, _content) = (entry.Name, entry.Content);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(_content.Span[VersionPlace..]);
        (_hasDefaults, _hasCategories) = (version >= firstWithDefaults, version > firstWithDefaults);
        _place = (int)Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(_content.Span[ModelPlace..]), 0, _content.Length);
    }

    /// <summary>Walks the trees of a component; one without trees is passed over.</summary>
    /// <param name="entry">The component, with ML.NET's header.</param>
    /// <param name="loader">Name of its loader.</param>
    /// <exception cref="ZipRefusedException">A count leads out of the file.</exception>
    public static void Check(ZipEntry entry, string loader)
    {
        if (FirstWithDefaults(loader) is { } first)
        {
            new TreesEntry(entry, first).Walk();
        }
    }

    // The first version that writes what missing is read as; the next one writes categories too.
    private static uint? FirstWithDefaults(string loader) => loader switch
    {
        "LightGBMBinaryExec" or "FastTreeBinaryExec" => 0x00010004,
        "FastForestBinaryExec" => 0x00010005,
        _ => null,
    };

    private void Walk()
    {
        // The size of a float comes first.
        Take(sizeof(int));
        for (var left = Int32(); left > 0; left--)
        {
            Tree();
        }
    }

    private void Tree()
    {
        var kind = Take(1)[0];
        if (kind is not (Regression or Forest))
        {
            throw new ZipRefusedException($"{_name} has a tree of a kind that is not known here.");
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
        Arrays(2, sizeof(int));
        if (_hasCategories)
        {
            Sets(leaves - 1);
        }

        // Thresholds as bins and as numbers, what missing is read as; then leaves, gains, p-values, and what the nodes were as leaves.
        Arrays(_hasDefaults ? 3 : 2, sizeof(float));
        Arrays(4, sizeof(double));
        if (kind == Forest)
        {
            // Sampled labels and their weights.
            Arrays(2, sizeof(double));
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

    private void Arrays(int count, int size)
    {
        for (var i = 0; i < count; i++)
        {
            Array(size);
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
