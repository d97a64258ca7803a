using System.Data.Common;
using LoanRisk.Lending.Models;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Store.Models;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Store.Models;

/// <content>What holds for PostgreSQL alone.</content>
public abstract partial class ModelRegistryTests
{
    [Slow]
    public sealed class OnPostgres() : ModelRegistryTests(new PostgresStorage())
    {
        [Fact]
        public void A_package_damaged_behind_the_registrys_back_is_refused_and_names_the_file()
        {
            SetChampion(0);
            _storage.Execute(
                "DROP TRIGGER model_files_are_final ON model_files; UPDATE model_files "
                    + "SET content = convert_to(replace(convert_from(content, 'UTF8'), 'leaf', 'beef'), 'UTF8') WHERE name = 'model.txt'");

            Assert.Equal("model.txt", Assert.Throws<ModelPackageException>(() => _registry.Read(Packages[0].Id, TinyLoan.Product)).File);
        }

        [Fact]
        public void A_database_of_a_newer_program_is_refused_and_another_can_be_named()
        {
            _storage.Execute("UPDATE schema_versions SET number = 99, oldest_program = 99");

            var error = Assert.Throws<StoreException>(() => ModelRegistry.Open(((PostgresStorage)_storage).Elsewhere()));
            Assert.Contains(
                "start a newer LoanRisk or name another database with LOANRISK_DATABASE", error.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void A_database_of_a_newer_program_that_this_one_can_live_with_is_worked_with()
        {
            SetChampion(0);
            _storage.Execute($"UPDATE schema_versions SET number = 99, oldest_program = {Migrations.PostgresModels.Latest}");

            Assert.Equal(Packages[0].Id, ModelRegistry.Open(((PostgresStorage)_storage).Elsewhere()).Champion(TinyLoan.Product.Id)?.Id);
        }

        [Fact]
        public void A_schema_of_a_newer_program_is_taken_back_by_no_other()
        {
            _storage.Execute("UPDATE schema_versions SET number = 99, oldest_program = 1");
            using var server = PostgresServer.At(((PostgresStorage)_storage).Url, "the test");

            var error = Assert.Throws<StoreException>(() => DatabaseSchema.Revert(server, "models", Migrations.PostgresModels.Latest));
            Assert.Contains("take them back with the program that made it", error.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void Training_time_is_kept()
        {
            var trained = _registry.Register(
                Packages[1], ModelSource.Trained, new AuditEntry("ann", Noon), new TrainingRecord(Time: TimeSpan.FromSeconds(12.5)));

            Assert.Equal(trained, Open().Find(trained.Id));
        }
    }
}
