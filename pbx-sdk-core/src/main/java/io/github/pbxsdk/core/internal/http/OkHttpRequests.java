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

    private OkHttpRequests() {}

    static Request of(HttpRequest request, Progress progress) {
        HttpBody body = request.body();
        Request.Builder builder = builder(request.url(), request.headers(), request, progress);
        if (!body.isNone() && !request.headers().contains("Content-Type")) {
            builder.header("Content-Type", body.contentType().orElseThrow());
        }
        return builder.method(request.method(), content(request, progress)).build();
    }

    private static @Nullable RequestContent content(HttpRequest request, Progress progress) {
        boolean needed = !request.body().isNone() || isAlwaysWithBody(request.method());
        return needed ? new RequestContent(request.body(), progress) : null;
    }

    private static boolean isAlwaysWithBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /**
     * Returns a request without method and body.
     *
     * @param what in words that hold no secret
     */
    static Request.Builder builder(
            String url, HttpHeaders headers, Object what, Progress progress) {
        Request.Builder builder = new Request.Builder().url(sameUrl(url, what));
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
}
