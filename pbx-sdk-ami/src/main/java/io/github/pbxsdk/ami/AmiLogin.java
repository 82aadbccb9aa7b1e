package io.github.pbxsdk.ami;

import io.github.pbxsdk.ami.action.ChallengeAction;
import io.github.pbxsdk.ami.action.LoginAction;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.HostAndPort;
import io.github.pbxsdk.core.PbxAuthenticationException;
import io.github.pbxsdk.core.PbxConnectionException;
import io.github.pbxsdk.core.PbxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Logs in on a new connection, without events until everything else is set up. */
final class AmiLogin {

    /** Refusals that have nothing to do with the credentials and pass by themselves. */
    private static final List<String> PASSING = List.of("login already in use", "shutting down");

    private final HostAndPort host;
    private final LoginMethod method;

    AmiLogin(HostAndPort host, LoginMethod method) {
        this.host = host;
        this.method = method;
    }

    /**
     * Logs in.
     *
     * @throws PbxAuthenticationException if the server refuses; it says the same for an unknown
     *     user, a wrong secret and an address that is not permitted
     * @throws PbxConnectionException if it cannot take us now
     */
    void perform(AmiSession session, Credentials credentials) {
        AmiResponse answer =
                session.exchange(
                        method == LoginMethod.PLAIN
                                ? plain(credentials)
                                : md5(credentials, challenge(session)));
        if (!answer.isSuccess()) {
            throw refused(credentials.user(), answer.message());
        }
    }

    private static LoginAction plain(Credentials credentials) {
        return LoginAction.builder(credentials.user())
                .secret(credentials.secret())
                .events("off")
                .build();
    }

    private static LoginAction md5(Credentials credentials, String challenge) {
        return LoginAction.builder(credentials.user())
                .authType("MD5")
                .key(md5(challenge + credentials.secret()))
                .events("off")
                .build();
    }

    private String challenge(AmiSession session) {
        AmiResponse answer = session.exchange(ChallengeAction.create());
        String challenge = answer.fields().text("Challenge");
        if (!answer.isSuccess() || challenge.isEmpty()) {
            throw new PbxConnectionException(
                    host
                            + " gives no challenge for an MD5 login"
                            + (answer.message().isEmpty() ? "" : " (" + answer.message() + ")")
                            + "; login(LoginMethod.PLAIN) does without",
                    null);
        }
        return challenge;
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "this Java has no MD5; use login(LoginMethod.PLAIN) over TLS", e);
        }
    }

    private PbxException refused(String user, String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        String said = host + " refused the login of " + user + ": " + reason;
        if (PASSING.stream().anyMatch(text::contains)) {
            return new PbxConnectionException(said, null);
        }
        return new PbxAuthenticationException(
                said + "; check user and secret, and the permit lines of manager.conf");
    }
}
