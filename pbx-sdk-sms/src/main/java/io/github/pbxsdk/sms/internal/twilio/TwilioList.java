package io.github.pbxsdk.sms.internal.twilio;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.sms.internal.json.JsonObject;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Walks through the pages of a list of Twilio by the links that Twilio gives. */
public final class TwilioList {

    private static final int MOST_MESSAGES = 100_000;

    private final ProviderHttp http;
    private final String base;
    private final Credentials credentials;
    private final List<JsonObject> found = new ArrayList<>();

    private TwilioList(ProviderHttp http, String base, Credentials credentials) {
        this.http = http;
        this.base = base;
        this.credentials = credentials;
    }

    /**
     * Returns all messages of a list, the newest first.
     *
     * @param base scheme and host, to which links are relative
     */
    public static CompletableFuture<List<JsonObject>> all(
            ProviderHttp http, String base, Credentials credentials, String firstPage) {
        return new TwilioList(http, base, credentials).from(firstPage);
    }

    private CompletableFuture<List<JsonObject>> from(String url) {
        HttpRequest request = http.request("GET", url).credentials(credentials).build();
        return http.call(request, TwilioJson::success).thenCompose(this::add);
    }

    private CompletableFuture<List<JsonObject>> add(JsonObject page) {
        found.addAll(page.objects("messages"));
        String next = page.find("next_page_uri").orElse("");
        if (next.isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        if (found.size() >= MOST_MESSAGES) {
            throw new PbxException(
                    "a list of more than " + MOST_MESSAGES + " messages; begin at a later time");
        }
        return from(base + next);
    }
}
