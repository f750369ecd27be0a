using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Thongthin.Data;

/// <summary>
/// Tables and columns are the CLR names in snake_case, and so are enum values. Registered as an options extension,
/// because only a convention plugin also reaches the rows of <c>SqlQuery&lt;T&gt;</c>.
/// </summary>
internal static class SnakeCase
{
    /// <summary>SubmissionState → submission_state. Only ASCII letters of CLR names are expected.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]))
            {
                if (
                    i > 0
                    && (
                        !char.IsAsciiLetterUpper(name[i - 1])
                        || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]))
                    )
                )
                {
                    text.Append('_');
                }
                text.Append(char.ToLowerInvariant(name[i]));
            }
            else
            {
                text.Append(name[i]);
            }
        }
        return text.ToString();
    }

    public static string Of<T>(T value)
        where T : struct, Enum => Of(value.ToString());

    /// <summary>The enum value whose snake_case name is given.</summary>
    /// <exception cref="FormatException">No such value.</exception>
    public static T Parse<T>(string text)
        where T : struct, Enum =>
        Values<T>.ByName.TryGetValue(text, out var value)
            ? value
            : throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"'{text}' is no {typeof(T).Name}")
            );

    public static DbContextOptionsBuilder UseSnakeCase(this DbContextOptionsBuilder options)
    {
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new Extension());
        return options;
    }

    private static class Values<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<string, T> ByName = Enum.GetValues<T>().ToDictionary(v => Of(v.ToString()));
    }

    private sealed class EnumConverter<T>() : ValueConverter<T, string>(v => Of(v.ToString()), s => Parse<T>(s))
        where T : struct, Enum;

    private sealed class Plugin : IConventionSetPlugin, IEntityTypeAddedConvention, IPropertyAddedConvention
    {
        public ConventionSet ModifyConventions(ConventionSet conventionSet)
        {
            conventionSet.EntityTypeAddedConventions.Add(this);
            conventionSet.PropertyAddedConventions.Add(this);
            return conventionSet;
        }

        public void ProcessEntityTypeAdded(
            IConventionEntityTypeBuilder entityTypeBuilder,
            IConventionContext<IConventionEntityTypeBuilder> context
        ) => entityTypeBuilder.ToTable(Of(entityTypeBuilder.Metadata.ClrType.Name));

        public void ProcessPropertyAdded(
            IConventionPropertyBuilder propertyBuilder,
            IConventionContext<IConventionPropertyBuilder> context
        )
        {
            propertyBuilder.HasColumnName(Of(propertyBuilder.Metadata.Name));
            var type = Nullable.GetUnderlyingType(propertyBuilder.Metadata.ClrType) ?? propertyBuilder.Metadata.ClrType;
            if (type.IsEnum)
            {
                propertyBuilder.HasConverter(typeof(EnumConverter<>).MakeGenericType(type));
            }
        }
    }

    private sealed class Extension : IDbContextOptionsExtension
    {
        public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

        public void ApplyServices(IServiceCollection services) => services.AddSingleton<IConventionSetPlugin, Plugin>();

        public void Validate(IDbContextOptions options) { }

        private sealed class ExtensionInfo(IDbContextOptionsExtension extension)
            : DbContextOptionsExtensionInfo(extension)
        {
            public override bool IsDatabaseProvider => false;

            public override string LogFragment => "snake_case ";

            public override int GetServiceProviderHashCode() => 0;

            public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) =>
                other is ExtensionInfo;

            public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
                debugInfo["SnakeCase"] = "on";
        }
    }
}
