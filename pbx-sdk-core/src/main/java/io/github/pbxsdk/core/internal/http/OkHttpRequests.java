package io.github.pbxsdk.core.internal.http;

import io.github.pbxsdk.core.http.HttpBody;
import io.github.pbxsdk.core.http.HttpHeaders;
import io.github.pbxsdk.core.http.HttpRequest;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Requests in the types of OkHttp, without what it would add or put in order by itself. */
final class OkHttpRequests {

    private static final String USER_AGENT = "pbx-sdk";

    /** Who sends or asks again and again does so at one and the same URL. */
    private volatile @Nullable CheckedUrl last;

    Request of(HttpRequest request, Progress progress, SilenceWatch silence) {
        HttpBody body = request.body();
        Request.Builder builder = builder(request.url(), request.headers(), request, progress);
        if (!body.isNone() && !request.headers().contains("Content-Type")) {
            builder.header("Content-Type", body.contentType().orElseThrow());
        }
        return builder.method(request.method(), content(request, progress, silence)).build();
    }

    private static @Nullable RequestContent content(
            HttpRequest request, Progress progress, SilenceWatch silence) {
        boolean needed = !request.body().isNone() || isAlwaysWithBody(request.method());
        return needed ? new RequestContent(request.body(), progress, silence) : null;
    }

    private static boolean isAlwaysWithBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /**
     * Returns a request without method and body.
     *
     * @param what in words that hold no secret
     */
    Request.Builder builder(String url, HttpHeaders headers, Object what, Progress progress) {
        Request.Builder builder = new Request.Builder().url(checked(url, what));
        headers.forEach(builder::addHeader);
        if (!headers.contains("Accept-Encoding")) {
            // Otherwise OkHttp asks for gzip and unpacks it, and lengths are no longer the peer's.
            builder.header("Accept-Encoding", "identity");
        }
        if (!headers.contains("User-Agent")) {
            builder.header("User-Agent", USER_AGENT);
        }
        return builder.tag(Progress.class, progress);
    }

    private HttpUrl checked(String text, Object what) {
        CheckedUrl known = last;
        if (known == null || !known.text().equals(text)) {
            known = new CheckedUrl(text, sameUrl(text, what));
            last = known;
        }
        return known.url();
    }

    private static HttpUrl sameUrl(String text, Object what) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null || !target(url).equals(target(text))) {
            throw new IllegalArgumentException(
                    what
                            + ": the URL cannot be sent as it is; percent-encode what is no letter,"
                            + " digit or one of -._~, and leave out /./ and /../");
        }
        return url;
    }

    private static String target(HttpUrl url) {
        String query = url.encodedQuery();
        return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
    }

    private static String target(String url) {
        int authority = url.indexOf("//") + 2;
        for (int i = authority; i < url.length(); i++) {
            if (url.charAt(i) == '/') {
                return url.substring(i);
            }
            if (url.charAt(i) == '?') {
                return "/" + url.substring(i);
            }
        }
        return "/";
    }

    private record CheckedUrl(String text, HttpUrl url) {}
}
