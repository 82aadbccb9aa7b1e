package io.github.pbxsdk.sip;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.PbxResources;
import java.util.concurrent.CompletableFuture;

/** Finds out whether an extension can be used. */
final class SipChecker {

    SipChecker(SipSettings settings, PbxResources resources) {}

    CompletableFuture<SipCheck> check(String extension, Credentials credentials) {
        throw new UnsupportedOperationException();
    }
}
