/** Shows above everything else that the estate is a fictional one, if the server says so. */
export async function markDemo(address) {
  const answer = await fetch(address, { method: 'HEAD' });
  const said = answer.headers.get('Cadastre-Demo');
  if (said) {
    const mark = document.getElementById('demo');
    mark.textContent = `This server shows a demo: ${said}.`;
    mark.hidden = false;
  }
}
