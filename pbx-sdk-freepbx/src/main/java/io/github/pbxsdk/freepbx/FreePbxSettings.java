package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.CredentialsProvider;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.observe.FlightRecorder;
import io.github.pbxsdk.core.security.OperationGuard;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a client was built with. */
record FreePbxSettings(
        String url,
        HostAndPort host,
        boolean rewriteRules,
        boolean plaintextAllowed,
        @Nullable CredentialsProvider application,
        @Nullable CredentialsProvider user,
        @Nullable String refreshToken,
        Consumer<String> refreshTokens,
        List<String> scopes,
        @Nullable CredentialsProvider gui,
        @Nullable TelephonySource telephony,
        @Nullable CustomDialplan dialplan,
        @Nullable ZoneId zone,
        Duration timeout,
        Duration applyTimeout,
        OperationGuard guard,
        @Nullable FlightRecorder flightRecorder) {

    String source() {
        return "freepbx " + host;
    }

    String tokenUrl() {
        return rewriteRules ? url + "/admin/api/api/token" : ajax("token") + "&route=";
    }

    String graphQlUrl() {
        return rewriteRules ? url + "/admin/api/api/gql" : ajax("gql") + "&route=";
    }

    /** Returns the URL of a route such as {@code core/users/1001}. */
    String restUrl(String route) {
        return rewriteRules
                ? url + "/admin/api/api/rest/" + route
                : ajax("rest") + "&route=" + route;
    }

    private String ajax(String command) {
        return url + "/admin/ajax.php?module=api&command=" + command;
    }

    String guiUrl(String pathAndQuery) {
        return url + "/admin/" + pathAndQuery;
    }
}
