using Thongthin.Features.Submissions;
using Thongthin.Tests.Support;

namespace Thongthin.Tests.Pages;

/// <summary>Addresses of a test's submission.</summary>
internal static class PageAddress
{
    public static SubmissionPath Of(TestTopic topic) =>
        new(topic.Lao.UnitId, topic.FormId, topic.Round.Request.FiscalYear);
}
