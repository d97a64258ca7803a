namespace LoanRisk.Reports.Cards;

/// <summary>A block of a model card.</summary>
public abstract record CardBlock;

/// <summary>A heading.</summary>
/// <param name="Level">1 is the card's title.</param>
/// <param name="Text">Its words.</param>
public sealed record CardHeading(int Level, string Text) : CardBlock;

/// <summary>A paragraph.</summary>
public sealed record CardParagraph(string Text) : CardBlock;

/// <summary>A list without numbers.</summary>
public sealed record CardList(IReadOnlyList<string> Items) : CardBlock;

/// <summary>A table.</summary>
/// <param name="Header">Its columns; empty when they have no names.</param>
/// <param name="Right">True for the columns that stand right.</param>
/// <param name="Rows">Its lines.</param>
public sealed record CardTable(
    IReadOnlyList<string> Header, IReadOnlyList<bool> Right, IReadOnlyList<IReadOnlyList<string>> Rows) : CardBlock;
