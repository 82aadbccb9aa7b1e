package io.github.pbxsdk.sms.provider;

import io.github.pbxsdk.core.internal.http.PlaintextGuard;
import io.github.pbxsdk.core.internal.http.WebAddress;

/** Keeps passwords that travel in a form, where nobody else looks for them, off open networks. */
final class ClearText {

    private ClearText() {}

    /**
     * Checks where a password goes.
     *
     * @throws IllegalArgumentException if the server is no http or https URL
     * @throws IllegalStateException if it would go to another host over plain http
     */
    static void refusePassword(String baseUrl) {
        WebAddress server = WebAddress.http(baseUrl);
        if (!server.secure() && !PlaintextGuard.isLoopback(server.host())) {
            throw new IllegalStateException(
                    "the password would go to "
                            + server.host()
                            + " in clear text; use an https URL");
        }
    }
}
