package io.github.pbxsdk.testing.contract;

import io.github.pbxsdk.core.http.HttpTransport;
import io.github.pbxsdk.core.http.OkHttpTransport;

class OkHttpTransportContractTest implements HttpTransportContract {

    @Override
    public HttpTransport transport() {
        return OkHttpTransport.builder().build();
    }
}
