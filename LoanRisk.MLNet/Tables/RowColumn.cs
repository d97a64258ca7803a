using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Tables;

/// <summary>Writes the value of one row.</summary>
/// <param name="row">The row, from 0.</param>
/// <param name="value">The value; a vector's buffers may be used again.</param>
internal delegate void RowValue<T>(int row, ref T value);

/// <summary>A column of a <see cref="RowTable"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type for ML.NET.</param>
/// <param name="Annotations">What ML.NET is told about it; null for nothing.</param>
internal abstract record RowColumn(string Name, DataViewType Type, DataViewSchema.Annotations? Annotations)
{
    /// <summary>ML.NET's getter of the value where a cursor stands.</summary>
    /// <param name="position">The row where the cursor stands.</param>
    public abstract Delegate Getter(Func<int> position);
}

/// <inheritdoc/>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type for ML.NET, of which <typeparamref name="T"/> is the .NET type.</param>
/// <param name="Value">Its values.</param>
/// <param name="Annotations">What ML.NET is told about it; null for nothing.</param>
internal sealed record RowColumn<T>(string Name, DataViewType Type, RowValue<T> Value, DataViewSchema.Annotations? Annotations = null)
    : RowColumn(Name, Type, Annotations)
{
    /// <inheritdoc/>
    public override Delegate Getter(Func<int> position) => (ValueGetter<T>)((ref T value) => Value(position(), ref value));
}
