package io.github.pbxsdk.sip.internal.digest;

import io.github.pbxsdk.sip.internal.wire.RequestText;
import io.github.pbxsdk.sip.internal.wire.SipResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The secret of one extension, with the challenges that the server has put to it lately. */
public final class DigestMemory {

    private static final int MOST_REALMS = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Known> known = new LinkedHashMap<>();
    private DigestSecret secret;

    /** Creates a memory without challenges. */
    public DigestMemory(DigestSecret secret) {
        this.secret = secret;
    }

    private static final class Known {

        private final String header;
        private final DigestChallenge challenge;
        private int count;

        Known(String header, DigestChallenge challenge) {
            this.header = header;
            this.challenge = challenge;
        }
    }

    /** Uses another secret from now on. */
    public void secret(DigestSecret value) {
        lock.lock();
        try {
            secret = value;
            known.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the secret in use. */
    public DigestSecret secret() {
        lock.lock();
        try {
            return secret;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what the server has asked. */
    public void forget() {
        lock.lock();
        try {
            known.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the header lines that prove who we are, to every challenge that is known. */
    public List<String> lines(RequestText request) {
        lock.lock();
        try {
            List<String> lines = new ArrayList<>(1);
            for (Known one : known.values()) {
                one.count++;
                lines.add(one.header + ": " + answer(one, request));
            }
            return lines;
        } finally {
            lock.unlock();
        }
    }

    private String answer(Known one, RequestText request) {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        return one.challenge.answer(
                secret,
                request.method(),
                request.uri(),
                request.body(),
                one.count,
                HexFormat.of().formatHex(bytes));
    }

    /**
     * Takes the challenges of an answer.
     *
     * @return what they say
     */
    public Learnt learn(SipResponse response) {
        boolean proxy = response.status() == 407;
        String asks = proxy ? "Proxy-Authenticate" : "WWW-Authenticate";
        String answers = proxy ? "Proxy-Authorization" : "Authorization";
        List<DigestChallenge> challenges =
                DigestChallenge.of(response.headers(), asks, secret()::suits);
        Set<String> askers = new HashSet<>();
        lock.lock();
        try {
            for (DigestChallenge challenge : challenges) {
                askers.add(remember(answers, challenge));
            }
        } finally {
            lock.unlock();
        }
        boolean stale = !askers.isEmpty() && challenges.stream().allMatch(DigestChallenge::stale);
        return new Learnt(askers, stale);
    }

    private String remember(String header, DigestChallenge challenge) {
        String key = header + ' ' + challenge.realm();
        if (known.size() >= MOST_REALMS && !known.containsKey(key)) {
            known.clear();
        }
        Known before = known.get(key);
        Known now = new Known(header, challenge);
        if (before != null && before.challenge.nonce().equals(challenge.nonce())) {
            now.count = before.count;
        }
        known.put(key, now);
        return key;
    }

    /**
     * What the challenges of an answer say.
     *
     * @param askers who wants a proof that we can give; empty if nobody does
     * @param stale whether the proofs were right and only too old
     */
    public record Learnt(Set<String> askers, boolean stale) {}
}
