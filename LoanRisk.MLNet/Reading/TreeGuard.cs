using System.Buffers.Binary;
using System.Text;
using LoanRisk.MLNet.Zip;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// Walks through the trees of a component in ML.NET's zip before ML.NET does: at an array that claims more than the file holds its reader
/// waits for the rest for ever. The layout is that of InternalRegressionTree's constructor in Microsoft.ML.FastTree.
/// </summary>
internal sealed class TreeGuard
{
    private const int ModelPlace = 0x10;
    private const int VersionPlace = 0x48;
    private const int LoaderPlace = 0x50;
    private const int LoaderSize = 24;
    private const byte Forest = 2;

    private readonly BinaryReader _reader;
    private readonly bool _hasDefaults;
    private readonly bool _hasCategories;

    private TreeGuard(BinaryReader reader, bool hasDefaults, bool hasCategories) =>
        (_reader, _hasDefaults, _hasCategories) = (reader, hasDefaults, hasCategories);

    /// <summary>Checks a component; one without trees is passed over.</summary>
    /// <exception cref="ZipRefusedException">Its trees claim more than the file holds.</exception>
    public static void Check(ZipEntry entry)
    {
        var content = entry.Content.Span;
        if (FirstWithDefaults(content) is not { } first)
        {
            return;
        }

        using var reader = new BinaryReader(new MemoryStream(entry.Content.ToArray(), writable: false));
        try
        {
            reader.BaseStream.Position = BinaryPrimitives.ReadInt64LittleEndian(content[ModelPlace..]);
            var version = BinaryPrimitives.ReadUInt32LittleEndian(content[VersionPlace..]);
            new TreeGuard(reader, version >= first, version > first).Walk();
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            throw new ZipRefusedException($"{entry.Name} is damaged: its trees claim more than the file holds.", e);
        }
    }

    // The first version that writes default values; the next one writes categories too.
    private static uint? FirstWithDefaults(ReadOnlySpan<byte> content) =>
        content.Length < LoaderPlace + LoaderSize ? null
            : Encoding.Latin1.GetString(content.Slice(LoaderPlace, LoaderSize)).TrimEnd('\0') switch
            {
                "LightGBMBinaryExec" or "FastTreeBinaryExec" => 0x00010004,
                "FastForestBinaryExec" => 0x00010005,
                _ => null,
            };

    private void Walk()
    {
        _reader.ReadInt32(); // size of a float
        for (var left = _reader.ReadInt32(); left > 0; left--)
        {
            WalkTree();
        }
    }

    private void WalkTree()
    {
        var kind = _reader.ReadByte();
        Skip(sizeof(int) + (2 * sizeof(double))); // leaves, largest output, weight
        SkipArrays(3, sizeof(int)); // left, right, slot
        if (_hasCategories)
        {
            WalkCategories();
        }

        SkipArrays(_hasDefaults ? 3 : 2, sizeof(int)); // bins, thresholds, values for missing
        SkipArrays(4, sizeof(double)); // leaf values, gains, their p-values, values before
        if (kind == Forest)
        {
            SkipArrays(2, sizeof(double)); // sampled labels and their weights
        }
    }

    private void WalkCategories()
    {
        var nodes = _reader.ReadInt32();
        Skip((long)nodes * sizeof(int));
        for (var node = 0; node < nodes; node++)
        {
            SkipArrays(1, sizeof(int));
            Skip(2 * sizeof(int)); // first and last slot
        }
    }

    private void SkipArrays(int count, int size)
    {
        for (var i = 0; i < count; i++)
        {
            Skip((long)_reader.ReadInt32() * size);
        }
    }

    private void Skip(long bytes)
    {
        if (bytes < 0 || bytes > _reader.BaseStream.Length - _reader.BaseStream.Position)
        {
            throw new EndOfStreamException();
        }

        _reader.BaseStream.Position += bytes;
    }
}
