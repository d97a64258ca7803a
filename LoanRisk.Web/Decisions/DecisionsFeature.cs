using LoanRisk.Pipeline.Data;

namespace LoanRisk.Web.Decisions;

/// <summary>Registers who decides.</summary>
internal static class DecisionsFeature
{
    public static void AddDecisions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StoredRows>();
        builder.Services.AddSingleton<DecisionService>();
        builder.Services.AddSingleton<FormerEngines>();
        builder.Services.AddSingleton<WhatIfService>();
    }

    /// <summary>Opens the data sets now: the first decision must not wait for a database that is locked.</summary>
    public static void OpenDecisions(this WebApplication app) => app.Services.GetRequiredService<DecisionService>();
}
