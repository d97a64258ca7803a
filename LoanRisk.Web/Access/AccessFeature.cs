using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Access;

/// <summary>Registers who may do what while there are no users.</summary>
internal static class AccessFeature
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ModelOptions>();
        builder.Services.AddSingleton<ModelWriteAccess>();
    }
}
