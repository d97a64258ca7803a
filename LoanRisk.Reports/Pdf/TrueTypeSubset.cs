using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>Writes a font of some glyphs of another, with the tables that ISO 32000-1, 9.9 asks of an embedded TrueType font.</summary>
internal sealed class TrueTypeSubset
{
    // Flags of a part of a composite glyph.
    private const int WordArguments = 1, Scale = 8, MoreParts = 32, TwoScales = 64, Matrix = 128;

    private readonly TrueTypeFont _font;
    private readonly List<ushort> _glyphs;
    private readonly Dictionary<ushort, int> _places;

    private TrueTypeSubset(TrueTypeFont font, IEnumerable<ushort> glyphs)
    {
        (_font, _glyphs, _places) = (font, [.. glyphs], []);
        foreach (var (place, glyph) in _glyphs.Index())
        {
            _places.TryAdd(glyph, place);
        }
    }

    /// <summary>The font file.</summary>
    /// <param name="font">Where they come from.</param>
    /// <param name="glyphs">
    /// What the new font's glyphs 0, 1 and so on are; the first is the one for what is missing. Parts of composites follow them.
    /// </param>
    public static byte[] Write(TrueTypeFont font, IEnumerable<ushort> glyphs) => new TrueTypeSubset(font, glyphs).Write();

    private byte[] Write()
    {
        var (outlines, offsets, metrics) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < _glyphs.Count; i++) // grows by the parts of composites
        {
            UInt32(offsets, (uint)outlines.WrittenCount);
            outlines.Write(Renumbered(_font.Outline(_glyphs[i])));
            outlines.Write(new byte[-outlines.WrittenCount & 3]);
            UInt16(metrics, _font.Advance(_glyphs[i]));
            UInt16(metrics, _font.LeftBearing(_glyphs[i]));
        }

        UInt32(offsets, (uint)outlines.WrittenCount);
        return File(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["cvt "] = _font.Table("cvt ").ToArray(),
            ["fpgm"] = _font.Table("fpgm").ToArray(),
            ["glyf"] = outlines.WrittenSpan.ToArray(),
            ["head"] = With(_font.Table("head"), (8, 0), (10, 0), (50, 1)), // its check sum may be nought; long offsets
            ["hhea"] = With(_font.Table("hhea"), (34, _glyphs.Count)),
            ["hmtx"] = metrics.WrittenSpan.ToArray(),
            ["loca"] = offsets.WrittenSpan.ToArray(),
            ["maxp"] = With(_font.Table("maxp"), (4, _glyphs.Count)),
            ["prep"] = _font.Table("prep").ToArray(),
        });
    }

    // A composite names its parts by number; a part that nobody asked for gets the next one.
    private byte[] Renumbered(ReadOnlySpan<byte> outline)
    {
        var glyph = outline.ToArray();
        if (glyph.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(glyph) >= 0)
        {
            return glyph;
        }

        for (int part = 10, flags = MoreParts; (flags & MoreParts) != 0;)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(glyph.AsSpan(part));
            var number = BinaryPrimitives.ReadUInt16BigEndian(glyph.AsSpan(part + 2));
            if (_places.TryAdd(number, _glyphs.Count))
            {
                _glyphs.Add(number);
            }

            BinaryPrimitives.WriteUInt16BigEndian(glyph.AsSpan(part + 2), (ushort)_places[number]);
            part += 4 + ((flags & WordArguments) != 0 ? 4 : 2)
                + ((flags & Matrix) != 0 ? 8 : (flags & TwoScales) != 0 ? 4 : (flags & Scale) != 0 ? 2 : 0);
        }

        return glyph;
    }

    private static byte[] File(SortedDictionary<string, byte[]> tables)
    {
        var file = new ArrayBufferWriter<byte>();
        var (count, log) = (tables.Count, (int)Math.Log2(tables.Count));
        UInt32(file, 0x00010000);
        Array.ForEach([count, 16 << log, log, (16 * count) - (16 << log)], number => UInt16(file, number));
        var place = 12 + (16 * count);
        foreach (var (name, table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(name));
            UInt32(file, CheckSum(table));
            UInt32(file, (uint)place);
            UInt32(file, (uint)table.Length);
            place += (table.Length + 3) & ~3;
        }

        foreach (var table in tables.Values)
        {
            file.Write(table);
            file.Write(new byte[-table.Length & 3]);
        }

        return file.WrittenSpan.ToArray();
    }

    private static uint CheckSum(byte[] table)
    {
        var sum = 0u;
        foreach (var (place, part) in table.Index())
        {
            sum += (uint)part << (24 - (8 * (place & 3)));
        }

        return sum;
    }

    private static byte[] With(ReadOnlySpan<byte> table, params ReadOnlySpan<(int Place, int Number)> changes)
    {
        var copy = table.ToArray();
        foreach (var (place, number) in changes)
        {
            BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(place), (ushort)number);
        }

        return copy;
    }

    private static void UInt16(ArrayBufferWriter<byte> target, int number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target.GetSpan(2), (ushort)number);
        target.Advance(2);
    }

    private static void UInt32(ArrayBufferWriter<byte> target, uint number)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target.GetSpan(4), number);
        target.Advance(4);
    }
}
