using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// What paper needs of a TrueType font: which glyph a character has, how wide it is, and its outline (OpenType specification 1.9.1).
/// </summary>
internal sealed class TrueTypeFont
{
    private readonly byte[] _file;
    private readonly FrozenDictionary<string, Range> _tables;
    private readonly FrozenDictionary<int, ushort> _glyphs;
    private readonly int _advances;
    private readonly bool _hasLongOffsets;

    /// <summary>Reads a font.</summary>
    /// <exception cref="InvalidDataException">It lacks a table, or a map of all of Unicode's characters.</exception>
    public TrueTypeFont(byte[] file)
    {
        _file = file;
        _tables = Enumerable.Range(0, UInt16(4)).Select(i => 12 + (16 * i)).ToFrozenDictionary(
            place => Encoding.ASCII.GetString(file, place, 4),
            place => new Range((int)UInt32(place + 8), (int)(UInt32(place + 8) + UInt32(place + 12))),
            StringComparer.Ordinal);
        UnitsPerEm = UInt16(Start("head") + 18);
        _hasLongOffsets = UInt16(Start("head") + 50) == 1;
        _advances = UInt16(Start("hhea") + 34);
        _glyphs = ReadMap().ToFrozenDictionary();
    }

    /// <summary>The unit of its measures is an em divided by this.</summary>
    public int UnitsPerEm { get; }

    /// <summary>From the base line up, in its units.</summary>
    public int Ascent => Int16(Start("hhea") + 4);

    /// <summary>From the base line down, in its units; negative.</summary>
    public int Descent => Int16(Start("hhea") + 6);

    /// <summary>How high a capital letter is, in its units: the top of its H.</summary>
    public int CapHeight => Glyph(new Rune('H')) is { } h ? BinaryPrimitives.ReadInt16BigEndian(Outline(h)[8..]) : Ascent;

    /// <summary>Left, bottom, right and top of a box that holds every glyph.</summary>
    public IReadOnlyList<int> Box => [.. Enumerable.Range(0, 4).Select(i => (int)Int16(Start("head") + 36 + (2 * i)))];

    /// <summary>The glyph of a character; null for one that the font does not have.</summary>
    public ushort? Glyph(Rune character) => _glyphs.TryGetValue(character.Value, out var glyph) ? glyph : null;

    /// <summary>How far the next glyph stands from this one, in the font's units.</summary>
    public int Advance(ushort glyph) => UInt16(Start("hmtx") + (4 * Math.Min((int)glyph, _advances - 1)));

    /// <summary>From where a glyph stands to its left edge, in the font's units.</summary>
    public short LeftBearing(ushort glyph) =>
        glyph < _advances ? Int16(Start("hmtx") + (4 * glyph) + 2) : Int16(Start("hmtx") + (4 * _advances) + (2 * (glyph - _advances)));

    /// <summary>The description of a glyph; empty for a blank.</summary>
    public ReadOnlySpan<byte> Outline(ushort glyph) => Table("glyf")[(int)Offset(glyph)..(int)Offset(glyph + 1)];

    /// <summary>A table; empty if there is none of that name.</summary>
    public ReadOnlySpan<byte> Table(string name) => _tables.TryGetValue(name, out var place) ? _file.AsSpan(place) : [];

    // Platform 3, encoding 10 maps all of Unicode; its format is 12: groups of characters that follow one another as their glyphs do.
    private Dictionary<int, ushort> ReadMap()
    {
        var (start, glyphs) = (Start("cmap"), new Dictionary<int, ushort>());
        var record = Enumerable.Range(0, UInt16(start + 2)).Select(i => start + 4 + (8 * i))
            .FirstOrDefault(r => UInt16(r) == 3 && UInt16(r + 2) == 10);
        var map = record == 0
            ? throw new InvalidDataException("The font has no map of all of Unicode's characters (platform 3, encoding 10).")
            : start + (int)UInt32(record + 4);
        for (var group = map + 16; group < map + 16 + (12 * (int)UInt32(map + 12)); group += 12)
        {
            for (var character = UInt32(group); character <= UInt32(group + 4); character++)
            {
                glyphs[(int)character] = (ushort)(UInt32(group + 8) + character - UInt32(group));
            }
        }

        return glyphs;
    }

    private uint Offset(int glyph) => _hasLongOffsets ? UInt32(Start("loca") + (4 * glyph)) : 2u * UInt16(Start("loca") + (2 * glyph));

    private int Start(string table) =>
        _tables.TryGetValue(table, out var place)
            ? place.Start.Value
            : throw new InvalidDataException($"The font has no table \"{table}\".");

    private ushort UInt16(int place) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(place));

    private short Int16(int place) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(place));

    private uint UInt32(int place) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(place));
}
