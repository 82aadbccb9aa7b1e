package io.github.pbxsdk.sms.internal.json;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.http.HttpRequest;
import io.github.pbxsdk.core.internal.Futures;
import io.github.pbxsdk.core.internal.RootFuture;
import io.github.pbxsdk.sms.provider.HttpAnswer;
import io.github.pbxsdk.sms.provider.ProviderHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks a list by the links of the provider: page numbers of our own would miss what comes.
 *
 * <p>Only what is wanted is kept, for a list can hold all that was sent in a day.
 *
 * @param <T> what is made of a message
 */
public final class PagedList<T> {

    /** More pages than any list has: a server that is broken may link them in a circle. */
    private static final int MOST_PAGES = 10_000;

    private final ProviderHttp http;
    private final String base;
    private final Credentials credentials;
    private final Layout layout;
    private final Function<JsonObject, Optional<T>> reader;
    private final RootFuture<List<T>> root = new RootFuture<>(Runnable::run);

    /** Each page is read when the one before has been. */
    private final List<T> found = new ArrayList<>();

    private int pages;

    private PagedList(
            ProviderHttp http,
            String base,
            Credentials credentials,
            Layout layout,
            Function<JsonObject, Optional<T>> reader) {
        this.http = http;
        this.base = base;
        this.credentials = credentials;
        this.layout = layout;
        this.reader = reader;
    }

    /**
     * Returns what is wanted of a list, in the order of the provider. Cancelling ends the walk.
     *
     * @param base scheme and host, which alone get the credentials, wherever a link leads
     * @param firstPage path and query
     * @param reader makes something of each message, or nothing of one that isn't wanted
     */
    public static <T> CompletableFuture<List<T>> all(
            ProviderHttp http,
            String base,
            Credentials credentials,
            Layout layout,
            String firstPage,
            Function<JsonObject, Optional<T>> reader) {
        PagedList<T> list = new PagedList<>(http, base, credentials, layout, reader);
        list.ask(firstPage);
        return list.root;
    }

    private void ask(String target) {
        HttpRequest request = http.request("GET", base + target).credentials(credentials).build();
        CompletableFuture<JsonObject> asked = http.call(request, layout.reader());
        root.onCancel(() -> asked.cancel(true));
        asked.whenComplete(this::read);
    }

    private void read(@Nullable JsonObject page, @Nullable Throwable failure) {
        if (page == null) {
            root.fail(failure == null ? new PbxException("no page") : Futures.unwrap(failure));
            return;
        }
        try {
            layout.messages().apply(page).stream()
                    .map(reader)
                    .flatMap(Optional::stream)
                    .forEach(found::add);
            goOn(layout.next().apply(page));
        } catch (Throwable e) {
            // Nobody else hears of it, not even of an Error.
            root.fail(e);
        }
    }

    private void goOn(String next) {
        if (next.isEmpty()) {
            root.succeed(found);
        } else if (++pages >= MOST_PAGES) {
            root.fail(new PbxException("a list of more than " + MOST_PAGES + " pages"));
        } else if (!root.isSettled()) {
            ask(next.replaceFirst("^https?://[^/?]+", ""));
        }
    }

    /**
     * How a provider writes its lists.
     *
     * @param reader reads a page, or throws why there is none
     * @param messages returns the messages of a page
     * @param next returns the link to the next page, or an empty text
     */
    public record Layout(
            Function<HttpAnswer, JsonObject> reader,
            Function<JsonObject, List<JsonObject>> messages,
            Function<JsonObject, String> next) {}
}
