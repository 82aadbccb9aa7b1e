package io.github.pbxsdk.core.http;

import okhttp3.OkHttpClient;

/**
 * Makes an {@link OkHttpTransport} from an {@link OkHttpClient} that an application has already.
 *
 * <p>This is the one place of the SDK where a type of OkHttp stands in a signature. On the module
 * path, requiring {@code okhttp3} is therefore left to the module that has such a client.
 */
public final class OkHttpTransports {

    private OkHttpTransports() {}

    /**
     * Returns a builder for a transport that works as the given client does, made safe.
     *
     * <p>Kept are its proxy, DNS, interceptors, event listeners, timeouts, trust and pins; {@link
     * OkHttpTransport.Builder#tls} and the timeouts of the builder replace its own when they are
     * set. Not kept are what could send a request twice or elsewhere: redirects, repeats,
     * authenticator, cookies, cache, HTTP/2, and its pool and dispatcher. The client itself is left
     * as it is and never closed.
     *
     * <p>Its interceptors run. One that asks for a second request, or for another host, makes the
     * call fail with a {@link HttpConnectionException} that says so, before that request leaves.
     */
    // A consumer that names OkHttpClient requires okhttp3 itself; nobody else has to read it.
    @SuppressWarnings("exports")
    public static OkHttpTransport.Builder using(OkHttpClient client) {
        return new OkHttpTransport.Builder(client);
    }
}
