/** As much of a browser's XMLHttpRequest as clients written for browsers use, over fetch. */
export class XmlHttpRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseText = '';
  responseType = '';
  timeout = 0;
  withCredentials = false;
  onreadystatechange: ((this: XmlHttpRequest, event: object) => void) | null = null;
  onerror: ((this: XmlHttpRequest, event: object) => void) | null = null;
  ontimeout: ((this: XmlHttpRequest, event: object) => void) | null = null;
  private method = 'GET';
  private url = '';
  private readonly headers: Record<string, string> = {};
  private received: Headers | undefined;
  private readonly ending = new AbortController();

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  getResponseHeader(name: string): string | null {
    return this.received?.get(name) ?? null;
  }

  abort(): void {
    this.ending.abort();
  }

  send(body?: string | FormData): void {
    void this.exchange(body);
  }

  private async exchange(body: string | FormData | undefined): Promise<void> {
    try {
      const answer = await fetch(this.url, {
        method: this.method,
        headers: this.headers,
        signal: this.ending.signal,
        ...(body ? { body } : {}),
      });
      this.received = answer.headers;
      if (this.responseType === 'arraybuffer') this.response = await answer.arrayBuffer();
      else {
        this.responseText = await answer.text();
        this.response = this.responseType === 'json' ? JSON.parse(this.responseText || 'null') : this.responseText;
      }
      this.status = answer.status;
    } catch {
      if (this.ending.signal.aborted) return;
    }
    this.readyState = 4;
    this.onreadystatechange?.({});
  }
}
