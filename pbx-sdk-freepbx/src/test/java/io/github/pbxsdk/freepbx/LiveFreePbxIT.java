package io.github.pbxsdk.freepbx;

import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.security.OperationGuard;
import io.github.pbxsdk.core.security.TlsOptions;
import java.nio.file.Path;

/**
 * What holds for every FreePBX, on one's own: {@code ./mvnw -pl pbx-sdk-freepbx -am verify
 * -Plive-freepbx} with {@code FREEPBX_URL}, {@code FREEPBX_CLIENT_ID}, {@code
 * FREEPBX_CLIENT_SECRET} and, for a private certificate, {@code PBX_CA} in the environment.
 *
 * <p>Nothing is changed unless {@code FREEPBX_ALLOW_CHANGES} is {@code yes}: then an extension and
 * a ring group come and go, and the configuration is applied.
 */
class LiveFreePbxIT extends FreePbxBehaviour {

    @Override
    FreePbxClient connect() {
        FreePbxClient.Builder pbx =
                FreePbxClient.builder()
                        .baseUri(setting("FREEPBX_URL"))
                        .credentials(
                                Credentials.of(
                                        setting("FREEPBX_CLIENT_ID"),
                                        setting("FREEPBX_CLIENT_SECRET")))
                        .guard(mayChange() ? OperationGuard.allowAll() : OperationGuard.readOnly());
        String authority = System.getenv("PBX_CA");
        if (authority != null) {
            pbx.tls(TlsOptions.ca(Path.of(authority)));
        }
        return pbx.build();
    }

    @Override
    boolean mayChange() {
        return "yes".equals(System.getenv("FREEPBX_ALLOW_CHANGES"));
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "set " + name + " in the environment: the profile live-freepbx needs a PBX");
        }
        return value;
    }
}
