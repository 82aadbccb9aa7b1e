package io.github.pbxsdk.core.internal.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** A certificate that is not accepted, with a message made for the user. */
final class RefusedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    RefusedCertificateException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
