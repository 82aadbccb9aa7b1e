package io.github.pbxsdk.core.internal.http;

import java.io.IOException;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Lets one request of each call onto the wire, to the host that was named.
 *
 * <p>It is the innermost interceptor. OkHttp sends a request again by itself when the answer is 503
 * with {@code Retry-After: 0}, a setting that nothing switches off, so that header is hidden from
 * it. What other interceptors try is a failure.
 */
final class OneRequestGuard implements Interceptor {

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Progress progress = Objects.requireNonNull(chain.call().request().tag(Progress.class));
        requireOnlyOne(chain, progress);
        Response response = chain.proceed(chain.request());
        if (response.code() != UNAVAILABLE || response.header(RETRY_AFTER) == null) {
            return response;
        }
        progress.keepHeaders(response.headers());
        return response.newBuilder().removeHeader(RETRY_AFTER).build();
    }

    /** Checks that a call goes where it was to go, and for the first time. */
    static void requireOnlyOne(Chain chain, Progress progress) throws IOException {
        HttpUrl asked = chain.call().request().url();
        HttpUrl url = chain.request().url();
        boolean same =
                url.host().equals(asked.host())
                        && url.port() == asked.port()
                        && url.isHttps() == asked.isHttps();
        if (!same) {
            throw new SecondRequestException(
                    "an interceptor asked for another host, " + url.host() + ":" + url.port());
        }
        if (!progress.claimRequest()) {
            throw new SecondRequestException("an interceptor asked for a second request");
        }
    }

    /** Something wanted more than the one request of the call. */
    static final class SecondRequestException extends IOException {

        private static final long serialVersionUID = 1L;

        SecondRequestException(String message) {
            super(message);
        }
    }
}
