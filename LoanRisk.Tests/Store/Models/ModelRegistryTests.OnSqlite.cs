using System.Data.Common;
using LoanRisk.Lending.Models;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Models;

/// <content>What holds for SQLite alone.</content>
public abstract partial class ModelRegistryTests
{
    [Slow]
    public sealed class OnSqlite() : ModelRegistryTests(new SqliteStorage())
    {
        [Fact]
        public void A_package_damaged_behind_the_registrys_back_is_refused_and_names_the_file()
        {
            SetChampion(0);
            _storage.Execute(
                "DROP TRIGGER model_files_are_final; UPDATE model_files SET content = CAST(replace(content, 'leaf', "
                    + "'beef') AS BLOB) WHERE name = 'model.txt'");

            Assert.Equal("model.txt", Assert.Throws<ModelPackageException>(() => _registry.Read(Packages[0].Id, TinyLoan.Product)).File);
        }

        [Fact]
        public void A_database_of_a_newer_program_is_refused()
        {
            _storage.Execute("PRAGMA user_version = 99");

            Assert.Contains("start a newer LoanRisk", Assert.Throws<StoreException>(Open).Message, StringComparison.Ordinal);
        }

        [Fact]
        public void Training_time_is_kept_and_a_model_of_an_earlier_schema_has_none()
        {
            var id = Register(0).Id;
            using (var connection = _storage.ConnectToModels())
            {
                Migrations.Models.Revert(connection, "models.db", 6);
            }

            _storage.Execute("DROP TRIGGER models_are_final");
            _storage.Execute("ALTER TABLE models DROP COLUMN training_seconds");
            _storage.Execute("CREATE TRIGGER models_are_final BEFORE UPDATE OF id ON models BEGIN SELECT RAISE(ABORT, 'x'); END");
            _storage.Execute("DROP TABLE policies");
            _storage.Execute("PRAGMA user_version = 4");

            var registry = Open();
            var trained = registry.Register(
                Packages[1], ModelSource.Trained, new AuditEntry("ann", Noon), new TrainingRecord(Time: TimeSpan.FromSeconds(12.5)));

            Assert.Null(registry.Find(id)!.TrainingTime);
            Assert.Equal(TimeSpan.FromSeconds(12.5), registry.Find(trained.Id)!.TrainingTime);
            Assert.Equal(trained, registry.Find(trained.Id));
        }
    }
}
