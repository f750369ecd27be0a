using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Thongthin.Data;

namespace Thongthin.Platform.Security;

/// <summary>One key of the framework's ring, as XML whose secret part is wrapped.</summary>
internal sealed class DataProtectionKey
{
    public int DataProtectionKeyId { get; init; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}

internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> builder) =>
        builder.HasKey(key => key.DataProtectionKeyId).HasName("pk_data_protection_key");
}

/// <summary>Keeps the key ring in the database, so that every node opens every cookie. The framework asks synchronously and rarely.</summary>
internal sealed class DataProtectionKeyRepository(AppDbFactory factory, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = factory.Create(Actor.Job(clock, "keys"));
        return
        [
            .. db.Set<DataProtectionKey>().Select(key => key.Xml).AsEnumerable().Select(xml => XElement.Parse(xml)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = factory.Create(Actor.Job(clock, "keys"));
        db.Add(
            new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) }
        );
        db.SaveChanges();
    }
}

/// <summary>Wraps the secret part of a key of the ring with the <see cref="WrappingKey"/>.</summary>
internal sealed class WrappingXmlEncryptor(WrappingKey key) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        return new EncryptedXmlInfo(
            new XElement("wrapped", Convert.ToBase64String(key.Wrap(plain))),
            typeof(WrappingXmlDecryptor)
        );
    }
}

/// <summary>The counterpart; the framework makes it by the type's name that stands in the stored XML.</summary>
internal sealed class WrappingXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var plain = services.GetRequiredService<WrappingKey>().Unwrap(Convert.FromBase64String(encryptedElement.Value));
        return XElement.Parse(System.Text.Encoding.UTF8.GetString(plain));
    }
}
