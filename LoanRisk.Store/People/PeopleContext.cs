using System.Globalization;
using System.Text;
using System.Text.Json;
using LoanRisk.Store.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LoanRisk.Store.People;

/// <summary>ASP.NET Core Identity's tables as our migrations make them; Entity Framework reads and writes them and makes none.</summary>
internal sealed class PeopleContext(DbContextOptions<PeopleContext> options) : IdentityDbContext<Person>(options)
{
    /// <summary>With passkeys.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MomentText>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Person>().ToTable("people");
        builder.Entity<IdentityRole>().ToTable("roles");
        builder.Entity<IdentityUserRole<string>>().ToTable("people_roles");
        builder.Entity<IdentityUserClaim<string>>().ToTable("people_claims");
        builder.Entity<IdentityRoleClaim<string>>().ToTable("role_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("people_logins");
        builder.Entity<IdentityUserToken<string>>().ToTable("people_tokens");
        builder.Entity<IdentityUserPasskey<string>>(KeepAsText);
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(ColumnName(property.Name));
        }
    }

    // Identity would have PostgreSQL's JSONB, which spells the text anew: a backup of either database must hold the same.
    private static void KeepAsText(EntityTypeBuilder<IdentityUserPasskey<string>> passkeys)
    {
        passkeys.ToTable("people_passkeys").Ignore(passkey => passkey.Data);
        passkeys.Property(passkey => passkey.Data).HasConversion(
            data => Json(data),
            text => Data(text),
            new ValueComparer<IdentityPasskeyData>(
                (one, other) => Json(one) == Json(other),
                data => Json(data).GetHashCode(StringComparison.Ordinal),
                data => Data(Json(data))));
    }

    private static string Json(IdentityPasskeyData? data) => JsonSerializer.Serialize(data);

    private static IdentityPasskeyData Data(string text) => JsonSerializer.Deserialize<IdentityPasskeyData>(text)!;

    // PasswordHash is password_hash.
    private static string ColumnName(string property)
    {
        var name = new StringBuilder();
        foreach (var letter in property)
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }

    private sealed class MomentText() : ValueConverter<DateTimeOffset, string>(
        moment => SqlText.Of(moment), text => SqlText.Moment(text));
}
