using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Access;

/// <summary>The settings of who may change which model serves.</summary>
public sealed class ModelOptions
{
    /// <summary>The name of <see cref="ReadOnly"/>.</summary>
    public const string ReadOnlySetting = "LoanRisk:Models:ReadOnly";

    /// <summary>
    /// True lets nobody promote and roll back on the pages, false everybody who reaches them; null only who is on this machine.
    /// </summary>
    [Setting(ReadOnlySetting, "allowed are true and false, or leave it out")]
    public bool? ReadOnly { get; set; }
}
