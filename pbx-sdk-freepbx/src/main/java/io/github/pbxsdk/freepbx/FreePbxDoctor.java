package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.core.PbxProtocolException;
import io.github.pbxsdk.core.PbxTimeoutException;
import io.github.pbxsdk.freepbx.FreePbxCheck.Outcome;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Finds out what stands between a client and a PBX: a token, then the schema. */
final class FreePbxDoctor {

    /** One operation for each module that this client has operations for. */
    private static final Set<String> WANTED =
            Set.of(
                    "fetchAllExtensions",
                    "addExtension",
                    "allInboundRoutes",
                    "fetchAllRingGroups",
                    "fetchAllCdrs",
                    "fetchAllRecordings",
                    "fetchVoiceMail",
                    "fetchFollowMe",
                    "doreload",
                    "fetchApiStatus");

    private FreePbxDoctor() {}

    static FreePbxCheck check(FreePbxSession session) {
        try {
            FreePbxCapabilities able = capabilities(session);
            Set<String> missing = able.missing(WANTED);
            if (missing.isEmpty()) {
                return new FreePbxCheck(
                        Outcome.OK, session.settings().host() + " answers, with all scopes");
            }
            return new FreePbxCheck(
                    Outcome.FEW_SCOPES,
                    session.settings().host()
                            + " answers; scope or module is missing for: "
                            + String.join(", ", missing));
        } catch (PbxException e) {
            return new FreePbxCheck(outcome(e), words(e));
        }
    }

    static FreePbxCapabilities capabilities(FreePbxSession session) {
        FreePbxObject schema =
                session.graphQl(
                        GraphQlRequest.query("__schema")
                                .withoutStatus()
                                .select("queryType{fields{name}} mutationType{fields{name}}"));
        return new FreePbxCapabilities(names(schema, "queryType"), names(schema, "mutationType"));
    }

    private static Set<String> names(FreePbxObject schema, String type) {
        return schema.object(type).objects("fields").stream()
                .map(field -> field.text("name"))
                .collect(Collectors.toSet());
    }

    static Outcome outcome(PbxException failure) {
        if (failure instanceof PbxAuthenticationException) {
            return Outcome.CREDENTIALS;
        }
        if (isTls(failure)) {
            return Outcome.TLS;
        }
        if (failure instanceof PbxTimeoutException) {
            return Outcome.SILENT;
        }
        if (failure instanceof PbxProtocolException) {
            return Outcome.NO_API;
        }
        if (failure instanceof FreePbxRejectedException refusal) {
            return refusal.kind() == FreePbxRejectedException.Kind.SCOPE_OR_MODULE_MISSING
                    ? Outcome.NO_API
                    : Outcome.OTHER;
        }
        return failure instanceof PbxConnectionException ? Outcome.UNREACHABLE : Outcome.OTHER;
    }

    private static boolean isTls(@Nullable Throwable failure) {
        return failure != null && (failure instanceof SSLException || isTls(failure.getCause()));
    }

    static String words(PbxException failure) {
        String said = String.valueOf(failure.getMessage());
        return switch (outcome(failure)) {
            case NO_API ->
                    said
                            + ". The web server is there; the module PBX API may be missing, or the"
                            + " web server ignores its .htaccess: then say ajaxPath()";
            case UNREACHABLE -> said + ". Is this the address of the web interface, and its port?";
            case SILENT -> said + ". A firewall may drop what is sent, or the address is wrong";
            default -> said;
        };
    }
}
