package io.github.pbxsdk.testing.ami;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The web server of a {@link FakeAmi}: {@code /arawman} with a digest. */
final class FakeAmiHttp implements AutoCloseable {

    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"?([^\",]*)\"?");
    private static final int MAX_BODY = 40_960;

    private final FakeAmi ami;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(FakeAmiHttp::daemon);
    private final Map<String, Integer> nonces = new ConcurrentHashMap<>();
    private final Map<String, FakeSession> sessions = new ConcurrentHashMap<>();
    private final Map<FakeSession, StringBuilder> answers = new ConcurrentHashMap<>();

    FakeAmiHttp(FakeAmi ami) {
        this.ami = ami;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port on loopback is free", e);
        }
        http.createContext("/arawman", this::serve);
        http.setExecutor(threads);
        http.start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-ami-http");
        thread.setDaemon(true);
        return thread;
    }

    URI uri() {
        InetSocketAddress address = http.getAddress();
        return URI.create(
                "http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** Forgets all nonces, as a server does after a minute, or when it is started anew. */
    void forgetNonces() {
        nonces.clear();
        sessions.clear();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            FakeSession session =
                    session(exchange.getRequestHeaders().getFirst("Authorization"));
            if (session == null) {
                refuse(exchange);
            } else if (body.length > MAX_BODY) {
                exchange.sendResponseHeaders(413, -1);
            } else {
                answer(exchange, session, new String(body, StandardCharsets.UTF_8));
            }
        }
    }

    private void refuse(HttpExchange exchange) throws IOException {
        String nonce = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        nonces.put(nonce, 0);
        exchange.getResponseHeaders()
                .add(
                        "WWW-authenticate",
                        "Digest algorithm=MD5, realm=\"asterisk\", nonce=\""
                                + (nonce + "\", qop=\"auth\", opaque=\"" + nonce + "\""));
        exchange.sendResponseHeaders(401, -1);
    }

    /** Returns the session of a digest, or null where it does not hold. */
    private @Nullable FakeSession session(@Nullable String authorization) {
        if (authorization == null) {
            return null;
        }
        Map<String, String> proof = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(authorization);
        while (matcher.find()) {
            proof.put(matcher.group(1), matcher.group(2));
        }
        String nonce = proof.getOrDefault("nonce", "");
        FakeUser user = ami.user(proof.getOrDefault("username", ""));
        int count = Integer.parseInt(proof.getOrDefault("nc", "0"), 16);
        if (user == null || !isRight(proof, user) || !isNext(nonce, count)) {
            return null;
        }
        return sessions.computeIfAbsent(nonce, one -> begin(user));
    }

    private boolean isNext(String nonce, int count) {
        Integer before = nonces.get(nonce);
        return before != null && count > before && nonces.replace(nonce, before, count);
    }

    private static boolean isRight(Map<String, String> proof, FakeUser user) {
        String who = md5(user.name() + ":asterisk:" + user.secret());
        String what = md5("POST:" + proof.get("uri"));
        String expected =
                String.join(
                        ":",
                        who,
                        proof.get("nonce"),
                        proof.get("nc"),
                        proof.get("cnonce"),
                        proof.get("qop"),
                        what);
        return md5(expected).equals(proof.get("response"));
    }

    private static String md5(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    private FakeSession begin(FakeUser user) {
        StringBuilder written = new StringBuilder();
        FakeSession session =
                new FakeSession(
                        ami,
                        new FakeSession.Wire() {
                            @Override
                            public void write(String text) {
                                written.append(text);
                            }

                            @Override
                            public void close() {
                                // The next request begins anew.
                            }
                        });
        session.admit(user);
        answers.put(session, written);
        return session;
    }

    private void answer(HttpExchange exchange, FakeSession session, String form)
            throws IOException {
        StringBuilder written = answers.get(session);
        written.setLength(0);
        session.take(lines(form));
        byte[] body = written.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String lines(String form) {
        StringBuilder text = new StringBuilder();
        for (String pair : form.split("&")) {
            int sign = pair.indexOf('=');
            text.append(decoded(pair.substring(0, sign)))
                    .append(": ")
                    .append(decoded(pair.substring(sign + 1)))
                    .append('\n');
        }
        return text.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
