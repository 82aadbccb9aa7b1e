package io.github.pbxsdk.sms.internal.json;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Walks a list by the links of the provider: page numbers of our own would miss what comes. */
public final class PagedList {

    private static final int MOST_MESSAGES = 100_000;

    private final ProviderHttp http;
    private final String base;
    private final Credentials credentials;
    private final Layout layout;
    private final List<JsonObject> found = new ArrayList<>();

    private PagedList(ProviderHttp http, String base, Credentials credentials, Layout layout) {
        this.http = http;
        this.base = base;
        this.credentials = credentials;
        this.layout = layout;
    }

    /**
     * Returns all messages of a list, in the order of the provider.
     *
     * @param base scheme and host, which alone get the credentials, wherever a link leads
     * @param firstPage path and query
     */
    public static CompletableFuture<List<JsonObject>> all(
            ProviderHttp http,
            String base,
            Credentials credentials,
            Layout layout,
            String firstPage) {
        return new PagedList(http, base, credentials, layout).from(firstPage);
    }

    private CompletableFuture<List<JsonObject>> from(String target) {
        HttpRequest request = http.request("GET", base + target).credentials(credentials).build();
        return http.call(request, layout.reader()).thenCompose(this::add);
    }

    private CompletableFuture<List<JsonObject>> add(JsonObject page) {
        found.addAll(page.objects(layout.members()));
        String next = layout.next().apply(page);
        if (next.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        if (found.size() >= MOST_MESSAGES) {
            throw new PbxException(
                    "a list of more than " + MOST_MESSAGES + " messages; begin at a later time");
        }
        return from(next.replaceFirst("^https?://[^/?]+", ""));
    }

    /**
     * How a provider writes its lists.
     *
     * @param reader reads a page, or throws why there is none
     * @param members the name of the array
     * @param next returns the link to the next page, or an empty text
     */
    public record Layout(
            Function<HttpAnswer, JsonObject> reader,
            String members,
            Function<JsonObject, String> next) {}
}
