namespace LoanRisk.Trees.Explaining;

/// <summary>
/// Numbers side by side, for SHAP values. Every operation is IEEE's on each lane alone, and none fuses a product with a
/// sum, so that a lane's result does not depend on how many lanes there are. A mask is all bits or none.
/// </summary>
/// <typeparam name="TVector">The lanes.</typeparam>
internal unsafe interface IShapLanes<TVector>
    where TVector : unmanaged
{
    public static abstract int Count { get; }

    public static abstract TVector Broadcast(double value);

    public static abstract TVector Load(double* place);

    public static abstract void Store(double* place, TVector value);

    public static abstract TVector Add(TVector left, TVector right);

    public static abstract TVector Subtract(TVector left, TVector right);

    public static abstract TVector Multiply(TVector left, TVector right);

    public static abstract TVector And(TVector left, TVector right);

    public static abstract TVector Or(TVector left, TVector right);

    public static abstract TVector Xor(TVector left, TVector right);

    /// <summary>The second where the first has no bits.</summary>
    public static abstract TVector AndNot(TVector without, TVector value);

    /// <summary><paramref name="yes"/> where the mask is set, else <paramref name="no"/>.</summary>
    public static abstract TVector Select(TVector mask, TVector yes, TVector no);

    public static abstract TVector IsAtMost(TVector value, TVector limit);

    public static abstract TVector IsNaN(TVector value);

    /// <summary>Which codes of a category are in a set.</summary>
    /// <param name="codes">A column of codes.</param>
    /// <param name="set">The set, one bit a code.</param>
    public static abstract TVector IsMember(double* codes, byte* set);
}
