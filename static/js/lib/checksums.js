/** Sums of the pieces on their way, so that a wrong byte is noticed before the server keeps it. */

/**
 * @typedef {{send: (body?: any) => Promise<any>, setHeader: (name: string, value: string) => void}} Sending
 * @typedef {{createRequest: (method: string, url: string) => any, getName: () => string}} Stack
 */

/**
 * A way to send (tus-js-client's `httpStack`) that tells with each piece its sha256. Where the page may not
 * compute it (plain http on another machine has no `crypto.subtle`) pieces go without, as before.
 * @param {Stack} stack
 * @param {SubtleCrypto | undefined} [subtle]
 * @returns {Stack}
 */
export function summed(stack, subtle = globalThis.crypto?.subtle) {
  return {
    getName: () => `summed ${stack.getName()}`,
    createRequest: (method, url) => {
      const request = stack.createRequest(method, url);
      return subtle && method === "PATCH" ? telling(request, subtle) : request;
    },
  };
}

/**
 * @param {Sending} request
 * @param {SubtleCrypto} subtle
 */
function telling(request, subtle) {
  const send = request.send.bind(request);
  request.send = async (body) => {
    if (!(body instanceof Blob)) return send(body);
    const bytes = await body.arrayBuffer();
    request.setHeader("Upload-Checksum", `sha256 ${base64(await subtle.digest("SHA-256", bytes))}`);
    return send(body);
  };
  return request;
}

/**
 * @param {ArrayBuffer} bytes few
 * @returns {string}
 */
function base64(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
